"""Windows, panels and dialogs: the only place with widgets."""
