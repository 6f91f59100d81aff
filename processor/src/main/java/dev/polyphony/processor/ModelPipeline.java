/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import dev.polyphony.processor.diagnose.Code;
import dev.polyphony.processor.diagnose.Place;
import dev.polyphony.processor.diagnose.Problem;
import dev.polyphony.processor.diagnose.Reporter;
import dev.polyphony.processor.emit.Emitter;
import dev.polyphony.processor.method.BodyCheck;
import dev.polyphony.processor.method.Form;
import dev.polyphony.processor.method.FormCheck;
import dev.polyphony.processor.method.FormReader;
import dev.polyphony.processor.method.HeaderCheck;
import dev.polyphony.processor.method.NameClaims;
import dev.polyphony.processor.method.Parts;
import dev.polyphony.processor.method.Plan;
import dev.polyphony.processor.method.Planner;
import dev.polyphony.processor.model.Body;
import dev.polyphony.processor.model.Constructor;
import dev.polyphony.processor.model.EntryPoint;
import dev.polyphony.processor.model.Model;
import dev.polyphony.processor.model.TypeRef;
import dev.polyphony.processor.read.AnnotationReader;
import dev.polyphony.processor.read.BodyReader;
import dev.polyphony.processor.read.ConstructorReader;
import dev.polyphony.processor.read.EntryReader;
import dev.polyphony.processor.read.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;

/** Takes a model through the stages. */
final class ModelPipeline {

    private final FormReader formReader;
    private final ConstructorReader constructorReader;
    private final HeaderCheck headerCheck;
    private final EntryReader entryReader;
    private final BodyReader bodyReader;
    private final Parts parts;
    private final Planner planner;
    private final Emitter emitter;
    private final Reporter reporter;
    private final Set<String> upcoming = new HashSet<>();

    ModelPipeline(ProcessingEnvironment environment, NameClaims claims, Reporter reporter) {
        var elements = environment.getElementUtils();
        this.formReader = new FormReader(elements, new AnnotationReader(environment));
        this.constructorReader = new ConstructorReader(elements);
        this.headerCheck = new HeaderCheck(elements, environment.getTypeUtils());
        this.entryReader = new EntryReader(elements, environment.getTypeUtils());
        this.bodyReader = new BodyReader(environment);
        this.parts = new Parts(elements, upcoming);
        this.planner = new Planner(claims, parts);
        this.emitter = new Emitter(environment.getFiler());
        this.reporter = reporter;
    }

    /** Notes the names of the types that will be generated for a model. */
    void announce(TypeElement type) {
        TypeRef model = TypeRef.of(type);
        for (Form form : formReader.read(type, new ArrayList<>())) {
            upcoming.add(form.network(model).qualifiedName());
            upcoming.add(form.harness(model).qualifiedName());
        }
        upcoming.add(Planner.comparison(model).qualifiedName());
    }

    /**
     * Generates the types of a model.
     *
     * @param type the annotated type
     * @param isLastRound whether what is missing now stays missing
     * @return whether the model is done; else it waits for types that other processors may generate
     */
    boolean process(TypeElement type, boolean isLastRound) throws IOException {
        List<Problem> problems = new ArrayList<>();
        List<Form> forms = formReader.read(type, problems);
        if (!headerCheck.isResolved(type, constructorReader.all(type))) {
            return isLastRound && stub(type, "A type of the header");
        }
        Header header = header(type);
        List<Problem> found = headerCheck.check(type, header.constructors(), header.candidates());
        boolean needsBody =
                !header.candidates().isEmpty()
                        || forms.stream().anyMatch(form -> form.method().isTransforming());
        Model model = header.model(header.candidates(), Optional.empty());
        if (found.isEmpty() && needsBody) {
            Reading reading =
                    bodyReader.read(type, header.constructors(), header.candidates(), upcoming);
            if (reading instanceof Reading.Unresolved unresolved) {
                return isLastRound
                        && stub(type, "'" + String.join("', '", unresolved.names()) + "'");
            }
            if (reading instanceof Reading.Read read) {
                found = headerCheck.check(type, header.constructors(), read.entries());
                model = header.model(read.entries(), check(header, read, forms, problems));
            } else if (reading instanceof Reading.Unreadable unreadable) {
                String what =
                        "The source of '%s' cannot be read: %s"
                                .formatted(type.getSimpleName(), unreadable.reason());
                problems.add(new Problem(Code.UNREADABLE, what, Place.of(type)));
            }
        }
        problems.addAll(0, found);
        finish(found.isEmpty() ? model : unusable(header), forms, found.isEmpty(), problems);
        return true;
    }

    /** What the compiler tells of a model. */
    private record Header(
            TypeElement type, List<Constructor> constructors, List<EntryPoint> candidates) {

        Model model(List<EntryPoint> entries, Optional<Body> body) {
            return new Model(type, TypeRef.of(type), constructors, entries, body);
        }
    }

    private Header header(TypeElement type) {
        List<Constructor> constructors =
                entryReader.isBlock(type) ? constructorReader.accessible(type) : List.of();
        return new Header(
                type, constructors, entryReader.candidates(type, !constructors.isEmpty()));
    }

    /** A class that is no model, with all that could have been a way in. */
    private Model unusable(Header header) {
        List<Constructor> constructors =
                header.constructors().isEmpty() && header.candidates().isEmpty()
                        ? constructorReader.all(header.type())
                        : header.constructors();
        return new Header(header.type(), constructors, header.candidates())
                .model(header.candidates(), Optional.empty());
    }

    private Optional<Body> check(
            Header header, Reading.Read read, List<Form> forms, List<Problem> problems) {
        Body body = read.body();
        if (forms.stream().noneMatch(form -> form.method().isTransforming())) {
            return Optional.empty();
        }
        Model model = header.model(read.entries(), Optional.of(body));
        List<Problem> found = BodyCheck.check(model, body, forms, parts);
        problems.addAll(found);
        if (found.isEmpty()) {
            found = forms.stream().flatMap(form -> FormCheck.check(form, body).stream()).toList();
            problems.addAll(found);
        }
        forms.forEach(
                form -> FormCheck.note(form).ifPresent(note -> reporter.note(header.type(), note)));
        return found.isEmpty() ? Optional.of(body) : Optional.empty();
    }

    /** After an error the types are still generated, so that code that uses them compiles. */
    private boolean stub(TypeElement type, String missing) throws IOException {
        reporter.note(
                type,
                "%s was not found, so the ensembles of '%s' only throw"
                        .formatted(missing, type.getSimpleName()));
        Header header = header(type);
        List<Constructor> resolved =
                unusable(header).constructors().stream().filter(Constructor::isResolved).toList();
        List<Constructor> constructors =
                resolved.isEmpty() && header.candidates().isEmpty()
                        ? List.of(Constructor.IMPLICIT)
                        : resolved;
        List<Problem> problems = new ArrayList<>();
        List<Form> forms = formReader.read(type, problems);
        Model model =
                new Header(type, constructors, header.candidates())
                        .model(header.candidates(), Optional.empty());
        finish(model, forms, false, problems);
        return true;
    }

    private void finish(Model model, List<Form> forms, boolean isUsable, List<Problem> problems)
            throws IOException {
        Plan plan = planner.plan(model, forms, isUsable, problems);
        reporter.report(problems);
        emitter.emit(plan);
    }
}
