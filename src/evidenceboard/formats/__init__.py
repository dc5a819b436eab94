"""One file per format. To add one: write its file here and put its row into FORMATS."""
