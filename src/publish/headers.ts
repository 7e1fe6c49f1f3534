/**
 * The `_headers` file of the static assets, which are served without the Worker. An SVG can carry scripts, so media
 * are shown in a sandbox; PDF viewers do not open in one, and have one of their own.
 */
export const assetHeaders = `/media/*
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
  Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; sandbox
  Cache-Control: public, max-age=3600, stale-while-revalidate=86400
/media/*.pdf
  ! Content-Security-Policy
`;
