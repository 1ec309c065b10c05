/** DynamoDB Local as a process of its own, for tests and for running the packaged functions on one machine. */
@NullMarked
package io.haetae.local.dynamodb;

import org.jspecify.annotations.NullMarked;
