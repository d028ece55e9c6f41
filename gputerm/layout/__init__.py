"""How a window is divided among panes: trees of splits, rectangles, tabs. Panes are numbers here;
knows no terminal, no window and no drawing."""
