CREATE TABLE `cron_runs` (
	`id` integer PRIMARY KEY NOT NULL,
	`ran_at` integer NOT NULL,
	CONSTRAINT "cron_runs_id" CHECK(id = 1)
);
