# Wörter, die mehrere Seiten teilen. Immer „Datenprodukt“, nie bloß „Produkt“; der Begriff steht nur in `-thing`.
# Formen: one, many (One, Many ebenso, da groß geschrieben), of (Genitiv), to-many (Dativ Mehrzahl).
#
# So heißt es überall: Regal (shelf), ins Regal stellen (put on the shelf), hereinholen (bring in), Etikett (label),
# zuständig (keeper), Vertretung (stand-in), Bereich (area), Zusage (promise), Hausregeln (house rules),
# Zustand (condition), gefüllt (filled), überfällig (overdue), Spaltenführer (column guide), Art (kind),
# Ausgabe (release, earlier version), folgen (follow), Entwurf (draft), Kopie sichern (save a copy).
# Wo es geht, ohne Anrede; sonst „Sie“.
-app = Larder
-thing =
    { $form ->
       *[one] Datenprodukt
        [many] Datenprodukte
        [One] Datenprodukt
        [Many] Datenprodukte
        [of] Datenprodukts
        [to-many] Datenprodukten
    }

app-name = { -app }
app-sample = Musterbäckerei

common-yes = ja
common-no = nein
common-close = Schließen
common-cancel = Abbrechen
common-undo = Rückgängig
common-redo = Wiederholen
common-save = Speichern
common-done = Fertig
common-retry = Noch einmal versuchen
common-go-on = Weiter
common-back = Zurück
common-more = Mehr
common-show = Zeigen
common-copy = Kopieren
common-copied = Kopiert
common-dismiss = Ausblenden
common-clear = Leeren
common-loading = Kommt gleich
common-optional = (freiwillig)
common-open = Öffnen
common-show-all = Alle zeigen
common-you = Sie selbst
common-unnamed = Noch ohne Namen
common-empty-cell = leer
common-why = Warum das?
common-rows =
    { $count ->
        [one] { $count } Zeile
       *[other] { $count } Zeilen
    }
common-columns =
    { $count ->
        [one] { $count } Spalte
       *[other] { $count } Spalten
    }
common-people =
    { $count ->
        [one] { $count } Person
       *[other] { $count } Personen
    }
common-things =
    { $count ->
        [one] { $count } { -thing }
       *[other] { $count } { -thing(form: "many") }
    }
common-to-fix =
    { $count ->
        [one] { $count } Punkt offen
       *[other] { $count } Punkte offen
    }

when-today = heute { $time }
when-yesterday = gestern { $time }
when-yesterday-short = gestern
when-tomorrow = morgen { $time }
when-weekday = am { $day }
when-date = am { $date }
since-today = seit heute { $time }
since-yesterday = seit gestern
since-weekday = seit { $day }
since-date = seit { $date }
day-today = Heute
day-yesterday = Gestern

grade-very-good = Sehr gut
grade-good = Gut
grade-fair = Mittel
grade-poor = Schlecht
condition-very-good = Zustand sehr gut
condition-good = Zustand gut
condition-fair = Zustand mittel
condition-poor = Zustand schlecht
condition-to-fix = { $grade }, { $count } offen

job-read = { $about } wird gelesen
job-bring = { $about } wird hereingeholt
job-bring-several = Die Dateien werden hereingeholt
job-stop = Anhalten
job-sample = Die Musterbäckerei wird eingerichtet
job-publish = { $about } kommt ins Regal
job-refresh = Das Regal wird angesehen
job-fetch = { $about } wird geholt
job-doctor = Das Regal wird durchgesehen
job-mend = Was fehlt, wird zurückgestellt
job-collect = Es wird aufgeräumt
job-rows =
    { $count ->
        [one] bisher { $count } Zeile
       *[other] bisher { $count } Zeilen
    }
job-part = { $done } von { $of }

key-ctrl = Strg
key-shift = Umschalt
