"""Delivery: sends newsletter issues to test addresses, pushes drafts, and pings WebSub hubs.

Only tasks use it; a build never accesses the network.
"""
