"""Dialogs that ask what a command needs."""
