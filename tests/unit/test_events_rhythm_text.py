"""Rhythms in words: each phrase is the rule it means, or an error that names the word."""
# ruff: noqa: E501

from __future__ import annotations

from contextlib import suppress
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric.events.rhythm_text import parse_rhythm_text
from rubric.events.rrule import WEEKDAYS, RhythmError
from rubric.model.recurrence import Recurrence
from tests.cases import cases

ENGLISH = [
    ("every first Thursday 18:30", "MONTHLY;BYDAY=1TH", "18:30"),
    ("Second Thursday of the month, 6:30 pm", "MONTHLY;BYDAY=2TH", "18:30"),
    ("the 3rd Saturday at 9:00", "MONTHLY;BYDAY=3SA", "09:00"),
    ("last Friday, 12:15 a.m.", "MONTHLY;BYDAY=-1FR", "00:15"),
    ("Thursdays 18:30–20:30", "WEEKLY;BYDAY=TH", "18:30–20:30"),
    ("Mondays and Thursdays", "WEEKLY;BYDAY=MO,TH", ""),
    ("first and third Tuesday", "MONTHLY;BYDAY=1TU,3TU", ""),
    ("first Tuesday and third Tuesday", "MONTHLY;BYDAY=1TU,3TU", ""),
    ("Tuesdays: first and third", "MONTHLY;BYDAY=1TU,3TU", ""),
    ("first Tuesday and third Thursday", "MONTHLY;BYDAY=1TU,3TH", ""),
    ("every other week on Tuesday 19:00", "WEEKLY;INTERVAL=2;BYDAY=TU", "19:00"),
    ("every second week, Tuesday", "WEEKLY;INTERVAL=2;BYDAY=TU", ""),
    ("every other Thursday", "WEEKLY;INTERVAL=2;BYDAY=TH", ""),
    ("every two weeks on Monday", "WEEKLY;INTERVAL=2;BYDAY=MO", ""),
    ("every other month, third Saturday 14:00", "MONTHLY;INTERVAL=2;BYDAY=3SA", "14:00"),
    ("every three weeks on Monday", "WEEKLY;INTERVAL=3;BYDAY=MO", ""),
    ("every 3 weeks on Monday", "WEEKLY;INTERVAL=3;BYDAY=MO", ""),
    ("every 2nd and 4th Tuesday of the month", "MONTHLY;BYDAY=2TU,4TU", ""),
    ("second to last Friday of the month", "MONTHLY;BYDAY=-2FR", ""),
    ("second-to-last Friday", "MONTHLY;BYDAY=-2FR", ""),
    ("next to last Friday", "MONTHLY;BYDAY=-2FR", ""),
    ("penultimate Friday of the month", "MONTHLY;BYDAY=-2FR", ""),
    ("last but one Friday", "MONTHLY;BYDAY=-2FR", ""),
    ("third to last Monday", "MONTHLY;BYDAY=-3MO", ""),
    ("Monday to Friday", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", ""),
    ("Mon-Fri", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", ""),
    ("Mon–Fri at 7pm", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", "19:00"),
    ("Monday through Thursday, 19:00", "WEEKLY;BYDAY=MO,TU,WE,TH", "19:00"),
    ("Friday to Monday", "WEEKLY;BYDAY=FR,SA,SU,MO", ""),
    ("weekdays", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", ""),
    ("every weekday at 8:30", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", "08:30"),
    ("on weekdays", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", ""),
    ("every first Monday in September", "YEARLY;BYMONTH=9;BYDAY=1MO", ""),
    ("first Monday of September", "YEARLY;BYMONTH=9;BYDAY=1MO", ""),
    ("first Monday in March and September", "MONTHLY;BYMONTH=3,9;BYDAY=1MO", ""),
    (
        "first Monday of the month from September to June",
        "MONTHLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;BYDAY=1MO",
        "",
    ),
    ("Tuesdays from October to May", "WEEKLY;BYMONTH=1,2,3,4,5,10,11,12;BYDAY=TU", ""),
    (
        "from October to May, Tuesdays at 19:00",
        "WEEKLY;BYMONTH=1,2,3,4,5,10,11,12;BYDAY=TU",
        "19:00",
    ),
    ("Thursdays, not in August", "WEEKLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=TH", ""),
    ("Thursdays except in August", "WEEKLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=TH", ""),
    ("Thursdays (except July and August)", "WEEKLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;BYDAY=TH", ""),
    (
        "every Thursday except July and August, 7:30 pm",
        "WEEKLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;BYDAY=TH",
        "19:30",
    ),
    ("Thursdays except from June to August", "WEEKLY;BYMONTH=1,2,3,4,5,9,10,11,12;BYDAY=TH", ""),
    ("Thursdays in March and April only", "WEEKLY;BYMONTH=3,4;BYDAY=TH", ""),
    ("only in March, Thursdays", "WEEKLY;BYMONTH=3;BYDAY=TH", ""),
    ("Thursdays only in March", "WEEKLY;BYMONTH=3;BYDAY=TH", ""),
    ("once a year on the first Monday of March", "YEARLY;BYMONTH=3;BYDAY=1MO", ""),
    ("once a year in March, first Monday", "YEARLY;BYMONTH=3;BYDAY=1MO", ""),
    ("every March, first Monday", "YEARLY;BYMONTH=3;BYDAY=1MO", ""),
    ("every second Thursday of the month", "MONTHLY;BYDAY=2TH", ""),
    ("every second Thursday of September", "YEARLY;BYMONTH=9;BYDAY=2TH", ""),
    ("every second week on Thursday", "WEEKLY;INTERVAL=2;BYDAY=TH", ""),
    ("every 3 weeks on Tuesday", "WEEKLY;INTERVAL=3;BYDAY=TU", ""),
    ("once every three weeks on Tuesday", "WEEKLY;INTERVAL=3;BYDAY=TU", ""),
    ("every six weeks on Tuesday", "WEEKLY;INTERVAL=6;BYDAY=TU", ""),
    ("every 12 weeks on Tuesday", "WEEKLY;INTERVAL=12;BYDAY=TU", ""),
    ("fortnightly on Tuesday", "WEEKLY;INTERVAL=2;BYDAY=TU", ""),
    ("every fortnight, Wednesday 18:30-20:00", "WEEKLY;INTERVAL=2;BYDAY=WE", "18:30–20:00"),
    ("alternate Thursdays", "WEEKLY;INTERVAL=2;BYDAY=TH", ""),
    ("every other Tuesday and Thursday", "WEEKLY;INTERVAL=2;BYDAY=TU,TH", ""),
    (
        "every other Tuesday from October to May",
        "WEEKLY;INTERVAL=2;BYMONTH=1,2,3,4,5,10,11,12;BYDAY=TU",
        "",
    ),
    ("every other month, last Friday", "MONTHLY;INTERVAL=2;BYDAY=-1FR", ""),
    ("every three months on the first Friday", "MONTHLY;INTERVAL=3;BYDAY=1FR", ""),
    ("Thursdays at 19:00", "WEEKLY;BYDAY=TH", "19:00"),
    ("Thursday 7 pm", "WEEKLY;BYDAY=TH", "19:00"),
    ("Thursdays 6:30-8:30 pm", "WEEKLY;BYDAY=TH", "18:30–20:30"),
    ("Thursdays 7pm to 9pm", "WEEKLY;BYDAY=TH", "19:00–21:00"),
    ("Thursdays from 18:00 to 20:00", "WEEKLY;BYDAY=TH", "18:00–20:00"),
    ("each Thursday", "WEEKLY;BYDAY=TH", ""),
    ("Thursdays, 19:15", "WEEKLY;BYDAY=TH", "19:15"),
    ("weekly on Thursday", "WEEKLY;BYDAY=TH", ""),
    ("every week on Thursday", "WEEKLY;BYDAY=TH", ""),
    ("once a week, Thursday", "WEEKLY;BYDAY=TH", ""),
    ("monthly on the second Thursday", "MONTHLY;BYDAY=2TH", ""),
    ("second Thursday, monthly", "MONTHLY;BYDAY=2TH", ""),
    ("second Thursday of each month", "MONTHLY;BYDAY=2TH", ""),
    ("second Thursday of every month", "MONTHLY;BYDAY=2TH", ""),
    ("second Thursday of every other month", "MONTHLY;INTERVAL=2;BYDAY=2TH", ""),
    ("daily at 9:00", "DAILY", "09:00"),
    ("every day", "DAILY", ""),
    ("every other day", "DAILY;INTERVAL=2", ""),
    ("every three days", "DAILY;INTERVAL=3", ""),
    ("every day except in August", "DAILY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12", ""),
    ("Mon, Wed, Fri", "WEEKLY;BYDAY=MO,WE,FR", ""),
    ("Mon Wed Fri 12:00", "WEEKLY;BYDAY=MO,WE,FR", "12:00"),
    ("Mon. and Wed.", "WEEKLY;BYDAY=MO,WE", ""),
    ("Tue & Thu", "WEEKLY;BYDAY=TU,TH", ""),
    ("Sept: first Monday", "YEARLY;BYMONTH=9;BYDAY=1MO", ""),
    ("first Monday, third Thursday", "MONTHLY;BYDAY=1MO,3TH", ""),
    ("first Monday and Friday of the month", "MONTHLY;BYDAY=1MO,1FR", ""),
    ("Thursdays, from December to February", "WEEKLY;BYMONTH=1,2,12;BYDAY=TH", ""),
    ("Thursdays from January to December", "WEEKLY;BYDAY=TH", ""),
    ("Thursday Thursday", "WEEKLY;BYDAY=TH", ""),
    ("only Thursdays", "WEEKLY;BYDAY=TH", ""),
    ("Thursdays, but not in July and August", "WEEKLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;BYDAY=TH", ""),
]

RUSSIAN = [
    ("каждый первый четверг в 18:30", "MONTHLY;BYDAY=1TH", "18:30"),
    ("каждый второй вторник месяца", "MONTHLY;BYDAY=2TU", ""),
    ("вторая среда", "MONTHLY;BYDAY=2WE", ""),
    ("в третью субботу, 7:30 вечера", "MONTHLY;BYDAY=3SA", "19:30"),
    ("четвёртый четверг", "MONTHLY;BYDAY=4TH", ""),
    ("четвертый четверг", "MONTHLY;BYDAY=4TH", ""),
    ("последнее воскресенье", "MONTHLY;BYDAY=-1SU", ""),
    ("первый и третий понедельник", "MONTHLY;BYDAY=1MO,3MO", ""),
    ("по четвергам 18:30", "WEEKLY;BYDAY=TH", "18:30"),
    ("раз в две недели по вторникам", "WEEKLY;INTERVAL=2;BYDAY=TU", ""),
    ("каждую вторую неделю в среду", "WEEKLY;INTERVAL=2;BYDAY=WE", ""),
    ("раз в два месяца в третью субботу", "MONTHLY;INTERVAL=2;BYDAY=3SA", ""),
    ("предпоследняя пятница", "MONTHLY;BYDAY=-2FR", ""),
    ("предпоследняя пятница месяца", "MONTHLY;BYDAY=-2FR", ""),
    ("с понедельника по пятницу", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", ""),
    ("с пн по пт", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", ""),
    ("пн–пт", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", ""),
    ("с понедельника до четверга в 19:00", "WEEKLY;BYDAY=MO,TU,WE,TH", "19:00"),
    ("через четверг", "WEEKLY;INTERVAL=2;BYDAY=TH", ""),
    ("через вторник, 19:00", "WEEKLY;INTERVAL=2;BYDAY=TU", "19:00"),
    ("через неделю по четвергам", "WEEKLY;INTERVAL=2;BYDAY=TH", ""),
    ("по четвергам через неделю", "WEEKLY;INTERVAL=2;BYDAY=TH", ""),
    ("по будням", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", ""),
    ("по будням в 8:30", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", "08:30"),
    ("в будние дни", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", ""),
    ("по рабочим дням", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", ""),
    ("каждый будний день", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", ""),
    ("первый четверг марта", "YEARLY;BYMONTH=3;BYDAY=1TH", ""),
    ("первый четверг марта и сентября", "MONTHLY;BYMONTH=3,9;BYDAY=1TH", ""),
    ("в марте, первый четверг", "YEARLY;BYMONTH=3;BYDAY=1TH", ""),
    ("первый четверг в марте", "YEARLY;BYMONTH=3;BYDAY=1TH", ""),
    ("раз в год в первый четверг марта", "YEARLY;BYMONTH=3;BYDAY=1TH", ""),
    ("ежегодно, первый понедельник сентября", "YEARLY;BYMONTH=9;BYDAY=1MO", ""),
    ("каждый второй четверг месяца", "MONTHLY;BYDAY=2TH", ""),
    ("каждый 2-й четверг месяца", "MONTHLY;BYDAY=2TH", ""),
    ("каждый второй четверг марта", "YEARLY;BYMONTH=3;BYDAY=2TH", ""),
    ("2-я и 4-я среда месяца", "MONTHLY;BYDAY=2WE,4WE", ""),
    ("вторая и четвёртая среда", "MONTHLY;BYDAY=2WE,4WE", ""),
    ("каждую вторую и четвертую среду месяца", "MONTHLY;BYDAY=2WE,4WE", ""),
    ("по первым средам месяца", "MONTHLY;BYDAY=1WE", ""),
    ("третья среда каждого месяца", "MONTHLY;BYDAY=3WE", ""),
    ("в третью среду каждого месяца, в 7 вечера", "MONTHLY;BYDAY=3WE", "19:00"),
    ("по четвергам, кроме июля и августа", "WEEKLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;BYDAY=TH", ""),
    ("по средам кроме августа", "WEEKLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=WE", ""),
    ("по вторникам с октября по май", "WEEKLY;BYMONTH=1,2,3,4,5,10,11,12;BYDAY=TU", ""),
    ("с октября по май по вторникам", "WEEKLY;BYMONTH=1,2,3,4,5,10,11,12;BYDAY=TU", ""),
    (
        "с октября по май включительно, по вторникам",
        "WEEKLY;BYMONTH=1,2,3,4,5,10,11,12;BYDAY=TU",
        "",
    ),
    ("октябрь–май, по вторникам", "WEEKLY;BYMONTH=1,2,3,4,5,10,11,12;BYDAY=TU", ""),
    ("по четвергам, но не в августе", "WEEKLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=TH", ""),
    ("по четвергам только в марте и апреле", "WEEKLY;BYMONTH=3,4;BYDAY=TH", ""),
    ("по четвергам за исключением января", "WEEKLY;BYMONTH=2,3,4,5,6,7,8,9,10,11,12;BYDAY=TH", ""),
    ("кроме июля и августа по четвергам", "WEEKLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;BYDAY=TH", ""),
    ("каждые две недели по средам", "WEEKLY;INTERVAL=2;BYDAY=WE", ""),
    ("каждые 3 недели по средам", "WEEKLY;INTERVAL=3;BYDAY=WE", ""),
    ("раз в три недели по средам", "WEEKLY;INTERVAL=3;BYDAY=WE", ""),
    ("раз в 5 недель по средам", "WEEKLY;INTERVAL=5;BYDAY=WE", ""),
    ("1 раз в 2 недели, среда", "WEEKLY;INTERVAL=2;BYDAY=WE", ""),
    ("раз в месяц в первую среду", "MONTHLY;BYDAY=1WE", ""),
    ("раз в два месяца, третья суббота", "MONTHLY;INTERVAL=2;BYDAY=3SA", ""),
    ("каждый второй месяц, третья суббота", "MONTHLY;INTERVAL=2;BYDAY=3SA", ""),
    ("каждые три месяца, третья суббота", "MONTHLY;INTERVAL=3;BYDAY=3SA", ""),
    ("ежемесячно в последний четверг", "MONTHLY;BYDAY=-1TH", ""),
    ("еженедельно по четвергам", "WEEKLY;BYDAY=TH", ""),
    ("еженедельно, вторник и четверг, с 19:00 до 21:00", "WEEKLY;BYDAY=TU,TH", "19:00–21:00"),
    ("каждую неделю в четверг", "WEEKLY;BYDAY=TH", ""),
    ("по понедельникам и средам", "WEEKLY;BYDAY=MO,WE", ""),
    ("по понедельникам, средам и пятницам", "WEEKLY;BYDAY=MO,WE,FR", ""),
    ("пн, ср, пт 18:30", "WEEKLY;BYDAY=MO,WE,FR", "18:30"),
    ("пн. ср. пт.", "WEEKLY;BYDAY=MO,WE,FR", ""),
    ("каждый понедельник и среду", "WEEKLY;BYDAY=MO,WE", ""),
    ("по вторникам в 19 часов", "WEEKLY;BYDAY=TU", "19:00"),
    ("по вторникам в 7 утра", "WEEKLY;BYDAY=TU", "07:00"),
    ("каждый день", "DAILY", ""),
    ("ежедневно в 10:00", "DAILY", "10:00"),
    ("через день", "DAILY;INTERVAL=2", ""),
    ("каждые 3 дня", "DAILY;INTERVAL=3", ""),
    ("ежедневно кроме августа", "DAILY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12", ""),
    ("последний четверг", "MONTHLY;BYDAY=-1TH", ""),
    ("последняя среда ноября", "YEARLY;BYMONTH=11;BYDAY=-1WE", ""),
    ("вторник", "WEEKLY;BYDAY=TU", ""),
    ("суббота", "WEEKLY;BYDAY=SA", ""),
    (
        "по субботам, кроме как в июле и августе",
        "WEEKLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;BYDAY=SA",
        "",
    ),
    (
        "последняя пятница каждого месяца, кроме декабря",
        "MONTHLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11;BYDAY=-1FR",
        "",
    ),
    (
        "первый и третий четверг, кроме января",
        "MONTHLY;BYMONTH=2,3,4,5,6,7,8,9,10,11,12;BYDAY=1TH,3TH",
        "",
    ),
    ("второй вторник с сентября по май", "MONTHLY;BYMONTH=1,2,3,4,5,9,10,11,12;BYDAY=2TU", ""),
    ("каждый март, первая среда", "YEARLY;BYMONTH=3;BYDAY=1WE", ""),
    ("по воскресеньям", "WEEKLY;BYDAY=SU", ""),
    ("каждое воскресенье 11:00-13:00", "WEEKLY;BYDAY=SU", "11:00–13:00"),
    ("воскресенье, 12 дня", "WEEKLY;BYDAY=SU", "12:00"),
]

CHINESE = [
    ("每月第一个星期四18:30", "MONTHLY;BYDAY=1TH", "18:30"),
    ("每月第二個禮拜六 下午 2:00", "MONTHLY;BYDAY=2SA", "14:00"),
    ("每月第一、第三个星期六", "MONTHLY;BYDAY=1SA,3SA", ""),
    ("每月最後一個星期五", "MONTHLY;BYDAY=-1FR", ""),
    ("每周四 18：30", "WEEKLY;BYDAY=TH", "18:30"),
    ("每週日", "WEEKLY;BYDAY=SU", ""),
    ("隔週週四", "WEEKLY;INTERVAL=2;BYDAY=TH", ""),
    ("每两周周二", "WEEKLY;INTERVAL=2;BYDAY=TU", ""),
    ("每兩個月的第三個星期六", "MONTHLY;INTERVAL=2;BYDAY=3SA", ""),
    ("每月倒数第二个星期五", "MONTHLY;BYDAY=-2FR", ""),
    ("倒数第一个周五", "MONTHLY;BYDAY=-1FR", ""),
    ("每月倒数第一个周五", "MONTHLY;BYDAY=-1FR", ""),
    ("每月倒數第二個星期五", "MONTHLY;BYDAY=-2FR", ""),
    ("周一至周五", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", ""),
    ("周一到周五", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", ""),
    ("周一至五", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", ""),
    ("週一至週五 19:00", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", "19:00"),
    ("周一～周五", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", ""),
    ("每周一至周五", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", ""),
    ("工作日", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", ""),
    ("每个工作日", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", ""),
    ("平日晚上7點", "WEEKLY;BYDAY=MO,TU,WE,TH,FR", "19:00"),
    ("隔周周四", "WEEKLY;INTERVAL=2;BYDAY=TH", ""),
    ("隔周四", "WEEKLY;INTERVAL=2;BYDAY=TH", ""),
    ("隔週四", "WEEKLY;INTERVAL=2;BYDAY=TH", ""),
    ("隔周的周四", "WEEKLY;INTERVAL=2;BYDAY=TH", ""),
    ("隔星期四", "WEEKLY;INTERVAL=2;BYDAY=TH", ""),
    ("隔一周周四", "WEEKLY;INTERVAL=2;BYDAY=TH", ""),
    ("每隔一周周四", "WEEKLY;INTERVAL=2;BYDAY=TH", ""),
    ("每隔一週的週四", "WEEKLY;INTERVAL=2;BYDAY=TH", ""),
    ("每隔一个星期的周四", "WEEKLY;INTERVAL=2;BYDAY=TH", ""),
    ("每两周一次，周二", "WEEKLY;INTERVAL=2;BYDAY=TU", ""),
    ("两周一次，周二", "WEEKLY;INTERVAL=2;BYDAY=TU", ""),
    ("每2周周二", "WEEKLY;INTERVAL=2;BYDAY=TU", ""),
    ("每三周周一", "WEEKLY;INTERVAL=3;BYDAY=MO", ""),
    ("每3周周一", "WEEKLY;INTERVAL=3;BYDAY=MO", ""),
    ("每四周的星期三", "WEEKLY;INTERVAL=4;BYDAY=WE", ""),
    ("每周四", "WEEKLY;BYDAY=TH", ""),
    ("每週四晚上7点半", "WEEKLY;BYDAY=TH", "19:30"),
    ("每星期四下午3点", "WEEKLY;BYDAY=TH", "15:00"),
    ("每个星期四", "WEEKLY;BYDAY=TH", ""),
    ("每個禮拜四", "WEEKLY;BYDAY=TH", ""),
    ("逢周四", "WEEKLY;BYDAY=TH", ""),
    ("每逢星期四", "WEEKLY;BYDAY=TH", ""),
    ("周四", "WEEKLY;BYDAY=TH", ""),
    ("周二、周四", "WEEKLY;BYDAY=TU,TH", ""),
    ("周二和周四", "WEEKLY;BYDAY=TU,TH", ""),
    ("周二、四", "WEEKLY;BYDAY=TU,TH", ""),
    ("周一三五", "WEEKLY;BYDAY=MO,WE,FR", ""),
    ("周一周三周五", "WEEKLY;BYDAY=MO,WE,FR", ""),
    ("周六日", "WEEKLY;BYDAY=SA,SU", ""),
    ("每周二周四19:30", "WEEKLY;BYDAY=TU,TH", "19:30"),
    ("每月第一个星期四", "MONTHLY;BYDAY=1TH", ""),
    ("每月第二、第四个星期二", "MONTHLY;BYDAY=2TU,4TU", ""),
    ("每月第二和第四个周二 19:00", "MONTHLY;BYDAY=2TU,4TU", "19:00"),
    ("每月第2个周四", "MONTHLY;BYDAY=2TH", ""),
    ("每月的第二个星期四", "MONTHLY;BYDAY=2TH", ""),
    ("每月第一周六", "MONTHLY;BYDAY=1SA", ""),
    ("每月首个周六", "MONTHLY;BYDAY=1SA", ""),
    ("每个月最后一个星期五", "MONTHLY;BYDAY=-1FR", ""),
    ("每個月最後一個星期五", "MONTHLY;BYDAY=-1FR", ""),
    ("最后一个周五", "MONTHLY;BYDAY=-1FR", ""),
    ("第二个星期四", "MONTHLY;BYDAY=2TH", ""),
    ("隔月第三个星期六", "MONTHLY;INTERVAL=2;BYDAY=3SA", ""),
    ("每两个月的第三个星期六", "MONTHLY;INTERVAL=2;BYDAY=3SA", ""),
    ("每兩個月第三個星期六", "MONTHLY;INTERVAL=2;BYDAY=3SA", ""),
    ("每隔一个月第三个星期六", "MONTHLY;INTERVAL=2;BYDAY=3SA", ""),
    ("每3个月第一个周六", "MONTHLY;INTERVAL=3;BYDAY=1SA", ""),
    ("每年9月第一个星期一", "YEARLY;BYMONTH=9;BYDAY=1MO", ""),
    ("每年九月的第一个星期一", "YEARLY;BYMONTH=9;BYDAY=1MO", ""),
    ("九月第一个星期一", "YEARLY;BYMONTH=9;BYDAY=1MO", ""),
    ("9月的第一个星期一", "YEARLY;BYMONTH=9;BYDAY=1MO", ""),
    ("每年3月和9月第一个星期一", "MONTHLY;BYMONTH=3,9;BYDAY=1MO", ""),
    ("10月至5月每周二", "WEEKLY;BYMONTH=1,2,3,4,5,10,11,12;BYDAY=TU", ""),
    ("10月至次年5月，每周二", "WEEKLY;BYMONTH=1,2,3,4,5,10,11,12;BYDAY=TU", ""),
    ("从十月到五月，每周二", "WEEKLY;BYMONTH=1,2,3,4,5,10,11,12;BYDAY=TU", ""),
    ("10月到5月的每周二", "WEEKLY;BYMONTH=1,2,3,4,5,10,11,12;BYDAY=TU", ""),
    ("每周四，8月除外", "WEEKLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=TH", ""),
    ("每周四（8月除外）", "WEEKLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=TH", ""),
    ("除7月和8月外每周四", "WEEKLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;BYDAY=TH", ""),
    ("除了8月，每周四", "WEEKLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=TH", ""),
    ("除8月以外，每周四", "WEEKLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=TH", ""),
    ("7月、8月除外，每周四", "WEEKLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;BYDAY=TH", ""),
    ("仅3月的每周四", "WEEKLY;BYMONTH=3;BYDAY=TH", ""),
    ("每周四 (仅3月)", "WEEKLY;BYMONTH=3;BYDAY=TH", ""),
    ("每天", "DAILY", ""),
    ("每天早上8:00", "DAILY", "08:00"),
    ("每日 9点", "DAILY", "09:00"),
    ("隔天", "DAILY;INTERVAL=2", ""),
    ("每三天", "DAILY;INTERVAL=3", ""),
    ("每月一次，第二个周四", "MONTHLY;BYDAY=2TH", ""),
    ("每周一次周四", "WEEKLY;BYDAY=TH", ""),
    ("每周四 晚上7点到9点", "WEEKLY;BYDAY=TH", "19:00–21:00"),
    ("周四19:00–21:00", "WEEKLY;BYDAY=TH", "19:00–21:00"),
    ("周五六点", "WEEKLY;BYDAY=FR", "06:00"),
    ("周四三点半", "WEEKLY;BYDAY=TH", "03:30"),
    ("星期天", "WEEKLY;BYDAY=SU", ""),
    ("禮拜天", "WEEKLY;BYDAY=SU", ""),
    ("礼拜日 10点30分", "WEEKLY;BYDAY=SU", "10:30"),
    ("每周四 19：00", "WEEKLY;BYDAY=TH", "19:00"),
    ("每月第一个星期二和第三个星期四", "MONTHLY;BYDAY=1TU,3TH", ""),
    ("每月第一个周二、周四", "MONTHLY;BYDAY=1TU,1TH", ""),
    ("每月第五个星期六", "MONTHLY;BYDAY=5SA", ""),
]

UNKNOWN_ENGLISH = [
    ("often", "often"),
    ("first of the month", "first"),
    ("every other week on the first Monday", "every other week"),
    ("Thursday 18.30", "18.30"),
    ("Thursdays except the last one", "one"),
    ("Thursday of even weeks", "even"),
    ("every first Thursday of the quarter", "quarter"),
    ("Monday and second Thursday", "and"),
    ("the last working day", "working day"),
    ("the last working day of the month", "working day"),
    ("last weekday of the month", "weekday"),
    ("every third week on Thursday", "week"),
    ("quarterly on the first Friday", "quarterly"),
    ("twice a month on Friday", "twice"),
    ("day before the last Thursday of the month", "before"),
    ("Monday after the first Tuesday", "after"),
    ("first and third week, Monday", "week"),
    ("first week of the month, Monday", "week"),
    ("Thursday at 7", "7"),
    ("Thursday 7-9 pm", "7-9"),
    ("Thursdays 10:00 and 18:00", "and"),
    ("Thursdays 19:00 MSK", "MSK"),
    ("Thursday evenings", "evenings"),
    ("Thurdays", "Thurdays"),
    ("evry Thursday", "evry"),
    ("every Thursday or Friday", "or"),
    ("Thursday and maybe Friday", "maybe"),
    ("every month on the 15th", "15th"),
    ("15th of the month", "15th"),
    ("Tue/Thu", "/"),
    ("Monday, first Friday", "Monday, first"),
    ("every Monday and the last Wednesday of the month", "and"),
    ("until May on Thursdays", "until"),
    ("from October on Thursdays", "from"),
    ("Thursdays in summer", "summer"),
    ("Thursdays except holidays", "holidays"),
    ("all Thursdays", "all"),
    ("Thursdays in leap years", "leap"),
    ("first Thursday of the quarter", "quarter"),
    ("last Thursday of the year", "year"),
    ("Thursdays except from January to December", "except from January to December"),
    ("not Thursdays", "not"),
    ("every", "every"),
]

UNKNOWN_RUSSIAN = [
    ("по чётным четвергам", "чётным"),
    ("первый четверг квартала", "квартала"),
    ("хоть когда-нибудь", "хоть"),
    ("последний рабочий день месяца", "рабочий день"),
    ("раз в квартал", "квартал"),
    ("раз в квартал в первую среду", "квартал"),
    ("раз в полгода, первая среда", "полгода"),
    ("два раза в месяц по средам", "два"),
    ("по чётным неделям в четверг", "чётным"),
    ("первая неделя месяца, среда", "неделя"),
    ("понедельник или среда", "или"),
    ("по вторникам в 19", "19"),
    ("по вторникам в 19:00 по Москве", "Москве"),
    ("по вторникам в 19.00", "19.00"),
    ("в четверг после первого понедельника", "после"),
    ("четверг перед последней пятницей", "перед"),
    ("по четвергам летом", "летом"),
    ("по четвергам вечером", "вечером"),
    ("по четвергам, кроме праздников", "праздников"),
    ("по четверкам", "четверкам"),
    ("кажды четверг", "кажды"),
    ("первий четверг", "первий"),
    ("в ночь на субботу", "ночь"),
]

UNKNOWN_CHINESE = [
    ("每月最后一个工作日", "工作日"),
    ("每月第一个工作日", "工作日"),
    ("每两周一", "一"),
    ("每月第一周的周六", "周"),
    ("每季度第一个周六", "季度"),
    ("每年3月一次", "一次"),
    ("每周四，8月休息", "休息"),
    ("七八月除外，每周四", "七八月"),
    ("每月15日", "15"),
    ("周四或周五", "或"),
    ("周四左右", "左右"),
    ("星期八", "星期八"),
    ("每周四活动", "活动"),
    ("夏天每周四", "夏天"),
    ("农历每月初一", "农历"),
]


def written(rule: Recurrence) -> str:
    """A rule of words as an RRULE."""
    parts = [
        f"FREQ={rule.frequency}",
        f"INTERVAL={rule.interval}" if rule.interval != 1 else "",
        f"BYMONTH={','.join(map(str, rule.months))}" if rule.months else "",
        f"BYDAY={','.join(f'{n or str()}{WEEKDAYS[day]}' for n, day in rule.days)}",
    ]
    return ";".join(filter(None, parts)).removesuffix(";BYDAY=")


def outcome(words: str) -> tuple[str, ...]:
    """The rule and times of a phrase, or the word that an error names."""
    try:
        parsed = parse_rhythm_text(words)
    except RhythmError as error:
        return (error.problem,)
    clocks = [f"{clock:%H:%M}" for clock in (parsed.starts_at, parsed.ends_at) if clock]
    return written(parsed.rule).removeprefix("FREQ="), "–".join(clocks)


@cases("phrases", [ENGLISH, RUSSIAN, CHINESE])
def test_words_are_a_rule(phrases: list[tuple[str, str, str]]):
    expected = {words: (rule, times) for words, rule, times in phrases}
    assert {words: outcome(words) for words in expected} == expected


@cases("phrases", [UNKNOWN_ENGLISH, UNKNOWN_RUSSIAN, UNKNOWN_CHINESE])
def test_a_word_without_a_meaning_is_named(phrases: list[tuple[str, str]]):
    """Promising nothing is better than promising a wrong day."""
    expected = {words: (f"“{words}” is not understood at “{word}”.",) for words, word in phrases}
    assert {words: outcome(words) for words in expected} == expected


AMBIGUOUS = [
    (
        "every fifth Monday",
        "has two meanings. Write “every 5 weeks on Monday” or “fifth Monday of the month”.",
    ),
    (
        "every month on Thursday",
        "doesn't say which “Thursday” of the month. Write an ordinal, such as first Thursday of the month.",
    ),
    (
        "every other month on Thursday",
        "doesn't say which “Thursday” of the month. Write an ordinal, such as first Thursday of the month.",
    ),
    (
        "weekends",
        "is ambiguous: “weekends” has two meanings. Write Saturdays, Sundays, or Saturdays and Sundays.",
    ),
    (
        "biweekly on Tuesday",
        "is ambiguous: “biweekly” has two meanings. Write every two weeks, or both days of the week.",
    ),
    (
        "bi-monthly, first Monday",
        "is ambiguous: “bi-monthly” has two meanings. Write every two months, or both days of the month.",
    ),
    (
        "once a year in March",
        "doesn't say on which day.",
    ),
    (
        "once a year, first Monday",
        "doesn't say in which month. Name it, such as first Monday of September.",
    ),
    (
        "Mondays once a year in March",
        "doesn't say which “Mondays” of the month. Write an ordinal, such as first Thursday of the month.",
    ),
    (
        "every second Thursday",
        "has two meanings. Write “every other Thursday” or “second Thursday of the month”.",
    ),
    (
        "every 2nd Thursday",
        "has two meanings. Write “every other Thursday” or “2nd Thursday of the month”.",
    ),
    (
        "every third Thursday",
        "has two meanings. Write “every 3 weeks on Thursday” or “third Thursday of the month”.",
    ),
    (
        "every fourth Friday at 18:00",
        "has two meanings. Write “every 4 weeks on Friday” or “fourth Friday of the month”.",
    ),
    (
        "every second Thursday in September",
        "has two meanings. Write “every other Thursday” or “second Thursday of the month”.",
    ),
    ("Thursdays 25:00", "“25:00” is not a clear time of day. Write it as 18:30."),
    (
        "first Monday and Friday",
        "is ambiguous: the ordinal may belong to one day or to all. Write an ordinal before each day.",
    ),
    (
        "каждую пятую пятницу",
        "has two meanings. Write “пятницу раз в 5 недель” or “пятую пятницу месяца”.",
    ),
    (
        "каждый месяц в четверг",
        "doesn't say which “четверг” of the month. Write an ordinal, such as first Thursday of the month.",
    ),
    (
        "через две недели по четвергам",
        "is ambiguous: “через две недели” has two meanings. Write раз в две недели or раз в 3 недели.",
    ),
    (
        "через месяц, первый четверг",
        "is ambiguous: “через месяц” has two meanings. Write раз в два месяца.",
    ),
    (
        "по выходным",
        "is ambiguous: “выходным” has two meanings. Write по субботам, по воскресеньям or по субботам и воскресеньям.",
    ),
    (
        "раз в год в марте",
        "doesn't say on which day.",
    ),
    (
        "раз в год в первый четверг",
        "doesn't say in which month. Name it, such as first Monday of September.",
    ),
    (
        "каждый второй четверг",
        "has two meanings. Write “четверг раз в 2 недели” or “второй четверг месяца”.",
    ),
    (
        "каждую вторую среду",
        "has two meanings. Write “среду раз в 2 недели” or “вторую среду месяца”.",
    ),
    (
        "каждый третий понедельник",
        "has two meanings. Write “понедельник раз в 3 недели” or “третий понедельник месяца”.",
    ),
    (
        "в сентябре каждый второй четверг",
        "has two meanings. Write “четверг раз в 2 недели” or “второй четверг месяца”.",
    ),
    (
        "раз в месяц по средам",
        "doesn't say which “средам” of the month. Write an ordinal, such as first Thursday of the month.",
    ),
    (
        "每年第一个星期四",
        "doesn't say in which month. Name it, such as first Monday of September.",
    ),
    ("每隔两周周四", "is ambiguous: “每隔两周” has two meanings. Write 每两周 or 每3周."),
    ("双周四", "is ambiguous: “双周” has two meanings. Write 每两周."),
    ("雙週四", "is ambiguous: “雙週” has two meanings. Write 每两周."),
    ("双周周四", "is ambiguous: “双周” has two meanings. Write 每两周."),
    ("雙週", "is ambiguous: “雙週” has two meanings. Write 每两周."),
    ("单周周四", "is ambiguous: “单周” has two meanings. Write 每两周."),
    ("周末", "is ambiguous: “周末” has two meanings. Write 周六, 周日 or 周六和周日."),
    ("每週末", "is ambiguous: “週末” has two meanings. Write 周六, 周日 or 周六和周日."),
    ("每个第二个星期四", "has two meanings. Write “每2周星期四” or “每月第二个星期四”."),
    ("每第二个星期四", "has two meanings. Write “每2周星期四” or “每月第二个星期四”."),
    (
        "每周",
        "doesn't say on which day.",
    ),
    (
        "每月",
        "doesn't say on which day.",
    ),
    (
        "每周一次",
        "doesn't say on which day.",
    ),
    ("周四晚上12点", "“晚上12点” is not a clear time of day. Write it as 18:30."),
]


def test_words_with_two_meanings_are_refused():
    for words, message in AMBIGUOUS:
        with pytest.raises(RhythmError) as caught:
            parse_rhythm_text(words)
        assert str(caught.value).removeprefix(f"“{words}” ").startswith(message), words


@cases(
    ("words", "interval"),
    [
        ("every second Thursday", 2),
        ("every 2nd Thursday at 19:00", 2),
        ("each third Thursday", 3),
        ("on every fourth Thursday", 4),
        ("каждый второй четверг", 2),
        ("в каждый третий четверг, 19:00", 3),
        ("каждый 5-й четверг", 5),
        ("每第二个星期四", 2),
        ("每第三個週四", 3),
    ],
)
def test_both_readings_are_offered_and_understood(words: str, interval: int):
    with pytest.raises(RhythmError, match="has two meanings") as caught:
        parse_rhythm_text(words)
    readings = caught.value.fix.removeprefix("Write “").removesuffix("”.").split("” or “")
    assert [written(parse_rhythm_text(reading).rule) for reading in readings] == [
        f"FREQ=WEEKLY;INTERVAL={interval};BYDAY=TH",
        f"FREQ=MONTHLY;BYDAY={interval}TH",
    ]


_WEEKDAYS = {
    "MO": ("Monday", "понедельник", "一"),
    "TU": ("Tuesday", "вторник", "二"),
    "WE": ("Wednesday", "среду", "三"),
    "TH": ("Thursday", "четверг", "四"),
    "FR": ("Friday", "пятницу", "五"),
    "SA": ("Saturday", "субботу", "六"),
    "SU": ("Sunday", "воскресенье", "日"),
}
_NTH = {
    "1": ("first", "первый", "一"),
    "2": ("second", "второй", "二"),
    "3": ("third", "третий", "三"),
}


@given(st.sampled_from(WEEKDAYS), st.sampled_from([*_NTH, ""]), st.times(), st.booleans())
def test_three_languages_mean_the_same(day: str, n: str, at: time, is_early: bool):
    english, russian, chinese = _NTH.get(n, ("", "", ""))
    clock = f"{at:%H:%M}"
    phrases = [
        f"{english} {_WEEKDAYS[day][0]} of the month" if n else f"every {_WEEKDAYS[day][0]}",
        f"{russian} {_WEEKDAYS[day][1]}" if n else f"каждый {_WEEKDAYS[day][1]}",
        f"每月第{chinese}个星期{_WEEKDAYS[day][2]}" if n else f"每周{_WEEKDAYS[day][2]}",
    ]
    rule = f"FREQ=MONTHLY;BYDAY={n}{day}" if n else f"FREQ=WEEKLY;BYDAY={day}"
    for words in phrases:
        parsed = parse_rhythm_text(f"{clock} {words}" if is_early else f"{words} {clock}")
        assert (written(parsed.rule), f"{parsed.starts_at:%H:%M}") == (rule, clock)


@given(st.text(max_size=40))
def test_any_text_is_a_rule_or_an_error(text: str):
    with suppress(RhythmError):
        assert parse_rhythm_text(text).rule.interval


_PIECES = [row[0] for row in (*ENGLISH, *RUSSIAN, *CHINESE)]


@given(st.sampled_from(_PIECES), st.sampled_from(["xyz", "фывап", "龘", "17", "%"]), st.booleans())
def test_no_word_is_skipped(words: str, noise: str, is_first: bool):
    """A word without a meaning makes every phrase an error, before it and after it."""
    with pytest.raises(RhythmError):
        parse_rhythm_text(f"{noise} {words}" if is_first else f"{words} {noise}")
