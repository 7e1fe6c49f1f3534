CREATE TABLE `warnings` (
	`kind` text PRIMARY KEY NOT NULL,
	`since` integer NOT NULL,
	`told_at` integer
);
