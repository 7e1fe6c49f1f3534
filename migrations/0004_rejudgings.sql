CREATE TABLE `rejudgings` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`act` text NOT NULL,
	`which` text NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` integer NOT NULL,
	`state` text NOT NULL,
	`after` integer NOT NULL,
	`last` integer NOT NULL,
	`total` integer NOT NULL,
	`looked` integer DEFAULT 0 NOT NULL,
	`changed` integer DEFAULT 0 NOT NULL,
	`settled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rejudgings_running` ON `rejudgings` (`state`) WHERE state = 'running';