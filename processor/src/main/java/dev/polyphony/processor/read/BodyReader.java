/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import dev.polyphony.processor.model.Constructor;
import dev.polyphony.processor.model.EntryPoint;
import dev.polyphony.processor.model.Signature;
import dev.polyphony.processor.model.TypeRef;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** Reads the body of a model class from its source. */
public final class BodyReader {

    private final ProcessingEnvironment environment;
    private final SourceReader reader;

    /**
     * Creates a reader.
     *
     * @param environment the processor's environment, as build tools give it
     */
    public BodyReader(ProcessingEnvironment environment) {
        this.environment = environment;
        this.reader = SourceReaders.open(environment);
    }

    /**
     * Reads the body of a model.
     *
     * @param model the class
     * @param constructors the constructors that the generated network mirrors
     * @param candidates methods that may make whole models
     * @param upcoming qualified names of types that this compilation will generate
     * @return the body, or why there is none
     */
    public Reading read(
            TypeElement model,
            List<Constructor> constructors,
            List<EntryPoint> candidates,
            Set<String> upcoming) {
        SourceReader.Result result = reader.read(model);
        if (result instanceof SourceReader.Unreadable unreadable) {
            return new Reading.Unreadable(unreadable.reason());
        }
        Source source = ((SourceReader.Found) result).source();
        return read(model, source, constructors, candidates, upcoming);
    }

    private Reading read(
            TypeElement model,
            Source source,
            List<Constructor> constructors,
            List<EntryPoint> candidates,
            Set<String> upcoming) {
        TypeRef type = TypeRef.of(model);
        var elements = environment.getElementUtils();
        Findings findings = new Findings(source);
        Imports imports = new Imports(elements, source, type.packageName(), upcoming);
        Scope scope = new Scope(elements, imports);
        Typer typer = new Typer(elements, environment.getTypeUtils(), imports, scope);
        Names names = new Names(source, findings, typer, imports, scope, type);
        new BodyScanner(source, findings, names, typer, scope).scanModel(model);

        Members members = new Members(source, findings, type);
        Set<TypeRef> inSignatures =
                constructors.stream()
                        .flatMap(constructor -> constructor.element().stream())
                        .flatMap(element -> Signature.of(element).types().stream())
                        .map(TypeRef::of)
                        .collect(Collectors.toSet());
        EntryPoints entryPoints = new EntryPoints(source, findings);
        List<EntryPoint> entries = entryPoints.choose(candidates);
        Set<TypeRef> builders =
                entries.stream()
                        .filter(entry -> !entry.isStatic())
                        .map(entry -> TypeRef.of(entry.owner()))
                        .collect(Collectors.toSet());
        Set<TypeRef> copied =
                new Copies(source, findings, members, typer, model, builders).choose(inSignatures);
        entryPoints.edit();
        members.editConstructors();
        new StaticFields(source, findings, members, type, copied).edit();
        members.removeMain();
        leaveOut(model, copied, members);
        boolean isSplit =
                !entries.isEmpty()
                        || inSignatures.stream()
                                .anyMatch(one -> copied.stream().anyMatch(c -> c.isAround(one)));
        Assembly assembly = new Assembly(source, findings, members);
        return assembly.assemble(copied, entries, isSplit, typer.isBlock(model));
    }

    private static void leaveOut(TypeElement model, Set<TypeRef> copied, Members members) {
        for (TypeElement nested : ElementFilter.typesIn(model.getEnclosedElements())) {
            if (!copied.contains(TypeRef.of(nested))) {
                members.remove(nested.getSimpleName().toString());
            }
        }
    }
}
