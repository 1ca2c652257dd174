"""When and where: time expressions and place names, found and resolved."""
