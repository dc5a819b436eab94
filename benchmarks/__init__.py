"""How quick the program is and what it keeps of its promises, measured on the machine at hand."""
