/**
 * The consistency of reads. `primary` has every write: required for responses that may be cached and for decisions.
 * `nearest` reads from a replica, which may lag: for responses to one person. With a bookmark, any replica that has caught
 * up with that write will do.
 */
export type Consistency = "primary" | "nearest" | { bookmark: string };
