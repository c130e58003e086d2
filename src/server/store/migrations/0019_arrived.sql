-- Of what a phone told that it made: what came beside that hides no loss.
UPDATE device SET arrived =
    (SELECT count(DISTINCT seq) FROM entry WHERE entry.device = device.id AND entry.seq <= device.made);
