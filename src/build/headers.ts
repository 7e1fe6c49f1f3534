/**
 * The `_headers` file for static assets, which are served without the Worker. SVGs can contain scripts, so media are
 * sandboxed; PDFs are not, because browsers' PDF viewers do not work in a sandbox and have their own. The owner's files at
 * the root are as they are. The API is there for every origin, its description too.
 */
export const assetHeaders = `/*
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
/icon*
  Cache-Control: public, max-age=86400
/share/*
  Cache-Control: public, max-age=31536000, immutable
/media/*
  Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; sandbox
  Cache-Control: public, max-age=3600, stale-while-revalidate=86400
/media/*.pdf
  ! Content-Security-Policy
/api/*
  Content-Security-Policy: default-src 'none'
  Access-Control-Allow-Origin: *
  Cache-Control: public, max-age=3600
  X-Robots-Tag: noindex
`;
