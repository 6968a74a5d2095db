from typing import Any

DEFAULT_CONFIG: dict[str, Any]
