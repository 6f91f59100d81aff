/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What a method must say to have layers: a {@link dev.polyphony.nn.form.Form} holds its settings
 * and makes, for each linear map of a network, the {@link dev.polyphony.nn.form.MemberMap} that
 * does its arithmetic; {@link dev.polyphony.nn.form.Members} moves the members between rows and
 * channels.
 */
package dev.polyphony.nn.form;
