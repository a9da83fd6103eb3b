"""How good a model is: scores against gold with their recipe, two systems compared, the gate, the page of errors."""
