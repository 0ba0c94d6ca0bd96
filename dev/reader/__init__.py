"""Training of the learned reader (PyTorch); what it leaves is an ONNX model that `loaders.learned` runs."""
