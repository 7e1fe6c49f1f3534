CREATE TABLE `classifier` (
	`id` integer PRIMARY KEY NOT NULL,
	`revision` integer NOT NULL,
	`weights` text NOT NULL,
	`approved` integer NOT NULL,
	`spam` integer NOT NULL
);
