#!/usr/bin/env python3
"""A small window that files can be dragged out of, as out of a file manager.

usage: drag_source.py X Y FILE...      prints "ready" once it is on the screen
"""

import sys
from pathlib import Path

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

x, y = int(sys.argv[1]), int(sys.argv[2])
uris = [Path(name).resolve().as_uri() for name in sys.argv[3:]]

window = Gtk.Window(title="Files")
window.set_default_size(160, 80)
window.set_keep_above(True)
box = Gtk.EventBox()
box.add(Gtk.Label(label="\n".join(Path(name).name for name in sys.argv[3:4])))
box.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
box.drag_source_add_uri_targets()
box.connect("drag-data-get", lambda _box, _context, data, _info, _time: data.set_uris(uris))
box.connect("drag-end", lambda *_: print("end", flush=True))
window.add(box)
window.connect("destroy", Gtk.main_quit)
window.show_all()
window.move(x, y)
GLib.timeout_add(400, lambda: print("ready", flush=True))
Gtk.main()
