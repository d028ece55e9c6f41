"""A program under test: a menu that asks for application cursor keys, as curses does."""

import curses


def main(screen):
    curses.curs_set(0)
    curses.use_default_colors()
    curses.start_color()
    curses.init_pair(1, curses.COLOR_RED, -1)
    items, chosen = ["Tea", "Coffee", "Water"], 0
    while True:
        for line, item in enumerate(items):
            screen.addstr(line, 2, item, curses.A_REVERSE if line == chosen else 0)
        screen.addstr(4, 0, f"chosen {items[chosen]}  ", curses.color_pair(1) | curses.A_BOLD)
        key = screen.getch()
        if key == curses.KEY_DOWN:
            chosen = min(chosen + 1, len(items) - 1)
        elif key == ord("q"):
            return


curses.wrapper(main)
