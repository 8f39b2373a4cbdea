# Die Menüleiste des Fensters und die wenigen Dialoge, die das System zeigt. Ein Und-Zeichen steht vor dem Buchstaben, der
# einen Eintrag zusammen mit Alt öffnet.
menu-file = &Datei
menu-browse = Datei &hereinholen …
menu-paste = &Tabelle einfügen
menu-print = D&rucken …
menu-settings = &Einstellungen
menu-quit = &Beenden

menu-edit = &Bearbeiten
menu-undo = &Rückgängig
menu-redo = &Wiederholen
menu-cut = &Ausschneiden
menu-copy = &Kopieren
menu-insert = &Einfügen
menu-select-all = A&lles markieren

menu-view = &Ansicht
menu-today = &Heute
menu-shelf = &Regal
menu-bring = H&ereinholen
menu-activity = &Verlauf
menu-back = &Zurück
menu-forward = V&or
menu-find = &Finden …
menu-refresh = Regal &jetzt prüfen
menu-zoom-in = &Größer
menu-zoom-out = &Kleiner
menu-zoom-reset = &Normale Größe

menu-help = &Hilfe
menu-blank = &Das Fenster bleibt leer …
menu-about = &Über Larder

window-choose-files = Dateien hereinholen
window-spreadsheets = Tabellen
window-all-files = Alle Dateien
window-choose-folder = Ordner wählen
window-choose-save = Kopie speichern

window-quit = Beenden
window-try-again = Noch einmal versuchen
window-not-started = Larder konnte nicht starten
window-too-new = Hier war ein neueres Larder am Werk
window-too-new-text = Es führt seine Aufzeichnungen auf eine Weise, die dieses hier nicht kennt. Nichts wurde geändert. Aktualisieren Sie Larder auf diesem Computer und starten Sie es neu.
window-damaged = Die Aufzeichnungen von Larder auf diesem Computer sind beschädigt
window-damaged-text = Die Datei { $file } lässt sich nicht lesen. Vielleicht wurde der Computer ausgeschaltet, während sie geschrieben wurde.
window-set-aside = Beiseitelegen und starten
window-set-aside-text = Larder kann die beschädigte Datei beiseitelegen und mit ihrer neuesten Sicherung starten, oder ohne eine. Nichts wird gelöscht, und was im Regal steht, bleibt dort.

window-drawing-title = Das Fenster bleibt leer
window-drawing-text = Manche Computer zeichnen es auf einfachere Weise besser. Es sieht gleich aus. Larder startet dafür neu; Ihre Arbeit ist gespeichert.
window-drawing-simple = Einfach zeichnen
window-drawing-usual-text = Larder zeichnet sein Fenster auf die einfache Weise. Wieder die übliche versuchen? Larder startet dafür neu; Ihre Arbeit ist gespeichert.
window-drawing-usual = Wie üblich zeichnen
window-drawing-leave = So lassen
window-choose-file = Datei wählen
