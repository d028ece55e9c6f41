"""The configuration in other rooms' words: sizes and fonts, colours, options of a terminal."""
