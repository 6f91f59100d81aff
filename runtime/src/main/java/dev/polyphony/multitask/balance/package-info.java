/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Balances the losses of several tasks: what each is multiplied by, from step to step.
 *
 * <p>All of it is arithmetic on a few numbers a step: the losses, and for some the norms of their
 * gradients.
 */
package dev.polyphony.multitask.balance;
