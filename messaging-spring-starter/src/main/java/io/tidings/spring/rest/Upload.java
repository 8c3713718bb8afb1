package io.tidings.spring.rest;

import java.io.InputStream;

/**
 * A body that is read as it comes, because it may be long.
 *
 * @param type its content type, in lower case and without parameters
 * @param bytes its bytes, for one reader
 */
record Upload(String type, InputStream bytes) {}
