CREATE TABLE `import_checkpoints` (
	`source` text NOT NULL,
	`kind` text NOT NULL,
	`until` integer NOT NULL,
	PRIMARY KEY(`source`, `kind`)
);
