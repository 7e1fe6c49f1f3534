CREATE TABLE `purge_budget` (
	`id` integer PRIMARY KEY NOT NULL,
	`tokens` real NOT NULL,
	`refilled_at` integer NOT NULL,
	`free_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `stale` (
	`post_id` text PRIMARY KEY NOT NULL,
	`reach` integer NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`purged_at` integer
);
