-- An address is kept for as long as something is to be sent to it, and not a statement longer.
CREATE TRIGGER addresses_forgotten AFTER DELETE ON subscriptions
	WHEN NOT EXISTS (SELECT 1 FROM subscriptions WHERE address_id = OLD.address_id)
BEGIN
	DELETE FROM addresses WHERE id = OLD.address_id;
END;
