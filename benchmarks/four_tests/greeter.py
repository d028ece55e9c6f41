"""A program under test: an app of Textual."""

from textual.app import App
from textual.widgets import Button


class Greeter(App):
    def compose(self):
        yield Button("Greet")

    def on_button_pressed(self):
        self.query_one(Button).label = "Hello"


Greeter().run()
