"""Training: the systems behind one interface, and the network that the package ships."""
