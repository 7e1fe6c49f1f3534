/**
 * The parts of jose that edgecat uses. Loaded with `import()`, so that starting the Worker does not evaluate the library;
 * bundlers drop unused exports only when they are named here.
 */
export { createRemoteJWKSet, jwtVerify, SignJWT } from "jose";
