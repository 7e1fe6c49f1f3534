import fc from "fast-check";

/*
 * Property tests try the same cases in every run, so that a change is never refused for a fault that was there before it.
 * `PROPERTY_SEED=random npm test` tries others; what it finds is mended, and kept as an example of its property.
 */
const { PROPERTY_SEED = "20090401" } = process.env;
if (PROPERTY_SEED !== "random")
	fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(PROPERTY_SEED) });
