"""The drawings of the papers: bamboo of Moganshan, peacock feather and water of Dehong, Jingpo weave; all our own.

``python -m exchange.press.art`` draws the SVG files of this folder anew. Units are millimetres on A4."""
