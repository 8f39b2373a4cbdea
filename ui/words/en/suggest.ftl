# Sentences that Larder suggests for a label.
suggest-and = and
suggest-summary = { $measures } by { $by }.
suggest-summary-list = A list of { $by }.
suggest-summary-figures = { $measures }.
suggest-promise-day = Every day by 18:00
suggest-promise-week = Every Monday by 12:00
suggest-promise-month = On the 5th of every month by 12:00
suggest-pasted-name = Pasted table
