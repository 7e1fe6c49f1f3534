CREATE TABLE `metrics` (
	`length` text NOT NULL,
	`slot` integer NOT NULL,
	`since` integer NOT NULL,
	`counts` text NOT NULL,
	PRIMARY KEY(`length`, `slot`),
	CONSTRAINT "metrics_length" CHECK(length IN ('minute', 'hour', 'day'))
);
