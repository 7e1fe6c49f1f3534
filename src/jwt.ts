/**
 * What the blog takes of jose. To be loaded by `import()`, so that starting does not wait for it, and from here: a bundler
 * drops what nobody names only where the names are said.
 */
export { createRemoteJWKSet, jwtVerify, SignJWT } from "jose";
