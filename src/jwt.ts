/**
 * Re-exports what the Worker uses of jose. Import this module with `import()`, so that startup does not wait for it; named
 * exports let the bundler drop the rest.
 */
export { createRemoteJWKSet, jwtVerify, SignJWT } from "jose";
