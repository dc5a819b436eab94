"""An evidence board: who says what, on what evidence, how surely, and which scenario it favours."""
