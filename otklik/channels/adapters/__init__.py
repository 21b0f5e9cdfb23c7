"""Ways out, one folder per kind; `registry.adapter_for` chooses. An adapter knows no cases, topics or people."""
