"""Scripts that build what Tocsin ships: the gazetteer, the map and the models. None of it is needed to code articles."""
