import sys

APP = """
from textual.app import App
from textual.widgets import Button
class Greeter(App):
    def compose(self): yield Button("Greet")
    def on_button_pressed(self): self.query_one(Button).label = "Hello"
Greeter().run()"""


def test_htop(gputerm, screenshot):
    htop = gputerm("htop")
    htop.wait("Load average")
    htop.press("F1")
    htop.wait("toggle program path")
    screenshot(htop, "help")
    htop.type("qq")
    assert htop.wait_exit() == 0


def test_textual(gputerm, screenshot):
    app = gputerm(sys.executable, "-c", APP, size=(40, 10))
    app.click("Greet")
    app.wait("Hello")
    screenshot(app, "greeted")
    assert "bold" in app.style("Hello").attributes
