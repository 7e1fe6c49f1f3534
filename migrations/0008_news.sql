-- A comment that appears or begins to wait is news, in the statement that makes it so, whoever runs it.
CREATE TRIGGER comments_are_news AFTER INSERT ON comments WHEN NEW.state IN ('published', 'held')
BEGIN
	INSERT INTO news (comment_id, cause) VALUES (NEW.id, 'added');
END;
--> statement-breakpoint
CREATE TRIGGER comments_published_are_news AFTER UPDATE OF state ON comments
	WHEN NEW.state = 'published' AND OLD.state <> 'published'
BEGIN
	INSERT INTO news (comment_id, cause) VALUES (NEW.id, 'published');
END;
