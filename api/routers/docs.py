"""The page that shows the service's description."""

from __future__ import annotations

import base64
import hashlib
import re

from fastapi import APIRouter, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

router = APIRouter()
PLACE = "/docs"
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
NO_ICON = "data:,"


@router.get(PLACE, include_in_schema=False)
def docs(request: Request) -> HTMLResponse:
    """Shows /openapi.json with Swagger UI, whose files are the service's own; no other scripts run."""
    page = get_swagger_ui_html(
        openapi_url=request.app.openapi_url,
        title=request.app.title,
        swagger_js_url=f"{PLACE}/swagger-ui-bundle.js",
        swagger_css_url=f"{PLACE}/swagger-ui.css",
        swagger_favicon_url=NO_ICON,
    )
    page.headers["Content-Security-Policy"] = _policy(bytes(page.body).decode())
    return page


router.mount(PLACE, StaticFiles(packages=[("fastapi_offline", "static")]))


def _policy(page: str) -> str:
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in INLINE.findall(page)]
    inline = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; script-src 'self' {inline}; connect-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )
