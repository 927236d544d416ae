"""How well and how fast Tanya works. This file is here since other packages install a folder of this name."""
