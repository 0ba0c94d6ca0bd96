"""Articles in, claims out; nothing here touches a store."""

import os

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # else ONNX Runtime tells its maker of its use, when it is imported
