/**
 * Which copy of the database is read. `primary` has every write, which whatever may be stored or decided has to know.
 * `nearest` may be behind by as long as a replica lags: for what is shown to one person once. A bookmark is the state
 * somebody's own write left; any copy that has caught up with it will do.
 */
export type Reading = "primary" | "nearest" | { bookmark: string };
