"""Network: the face of one installation: its name, logo, colours and short texts, pages of its own, the app, help.
What the pages of other packages show belongs to them; the base page and the style belong to ui."""
