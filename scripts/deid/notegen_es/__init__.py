"""Spanish notes for training: who (record), what (sentences), how it is laid out (layouts)."""
