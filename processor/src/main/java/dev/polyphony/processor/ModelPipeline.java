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
import dev.polyphony.processor.model.Model;
import dev.polyphony.processor.model.TypeRef;
import dev.polyphony.processor.read.AnnotationReader;
import dev.polyphony.processor.read.BodyReader;
import dev.polyphony.processor.read.ConstructorReader;
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
        List<Constructor> constructors = constructorReader.accessible(type);
        if (!headerCheck.isResolved(type, constructorReader.all(type))) {
            return isLastRound && stub(type, "A type of the header");
        }
        List<Problem> header = headerCheck.check(type, constructors);
        problems.addAll(header);
        Optional<Body> body = Optional.empty();
        boolean needsBody = forms.stream().anyMatch(form -> form.method().isTransforming());
        if (header.isEmpty() && needsBody) {
            Reading reading = bodyReader.read(type, constructors, upcoming);
            if (reading instanceof Reading.Unresolved unresolved) {
                return isLastRound
                        && stub(type, "'" + String.join("', '", unresolved.names()) + "'");
            }
            body = check(type, reading, constructors, forms, problems);
        }
        finish(model(type, body), forms, header.isEmpty(), problems);
        return true;
    }

    private Optional<Body> check(
            TypeElement type,
            Reading reading,
            List<Constructor> constructors,
            List<Form> forms,
            List<Problem> problems) {
        if (reading instanceof Reading.Unreadable unreadable) {
            String what =
                    "The source of '%s' cannot be read: %s"
                            .formatted(type.getSimpleName(), unreadable.reason());
            problems.add(new Problem(Code.UNREADABLE, what, Place.of(type)));
            return Optional.empty();
        }
        Body body = ((Reading.Read) reading).body();
        Model model = new Model(type, TypeRef.of(type), constructors, Optional.of(body));
        List<Problem> found = BodyCheck.check(model, body, forms, parts);
        problems.addAll(found);
        if (found.isEmpty()) {
            found = forms.stream().flatMap(form -> FormCheck.check(form, body).stream()).toList();
            problems.addAll(found);
        }
        forms.forEach(form -> FormCheck.note(form).ifPresent(note -> reporter.note(type, note)));
        return found.isEmpty() ? Optional.of(body) : Optional.empty();
    }

    /** After an error the types are still generated, so that code that uses them compiles. */
    private boolean stub(TypeElement type, String missing) throws IOException {
        reporter.note(
                type,
                "%s was not found, so the ensembles of '%s' only throw"
                        .formatted(missing, type.getSimpleName()));
        List<Constructor> resolved =
                constructorReader.all(type).stream().filter(Constructor::isResolved).toList();
        List<Constructor> constructors =
                resolved.isEmpty() ? List.of(Constructor.IMPLICIT) : resolved;
        List<Problem> problems = new ArrayList<>();
        List<Form> forms = formReader.read(type, problems);
        Model model = new Model(type, TypeRef.of(type), constructors, Optional.empty());
        finish(model, forms, false, problems);
        return true;
    }

    private void finish(Model model, List<Form> forms, boolean isUsable, List<Problem> problems)
            throws IOException {
        Plan plan = planner.plan(model, forms, isUsable, problems);
        reporter.report(problems);
        emitter.emit(plan);
    }

    private Model model(TypeElement type, Optional<Body> body) {
        List<Constructor> accessible = constructorReader.accessible(type);
        List<Constructor> constructors =
                accessible.isEmpty() ? constructorReader.all(type) : accessible;
        return new Model(type, TypeRef.of(type), constructors, body);
    }
}
