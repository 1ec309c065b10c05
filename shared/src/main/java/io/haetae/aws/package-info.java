/** The DynamoDB engine of the store, SSM secrets, EventBridge events and schedules. */
@NullMarked
package io.haetae.aws;

import org.jspecify.annotations.NullMarked;
