package main

import (
	"bytes"
	"net/http"
	"text/template"
)

func page(w http.ResponseWriter, r *http.Request) {
	t := template.Must(template.New("p").Parse("<p>{{.}}</p>"))
	// ruleid: html-from-text-template
	t.Execute(w, r.FormValue("comment"))
	// ruleid: html-from-text-template
	t.ExecuteTemplate(w, "p", r.FormValue("comment"))
}

func mail(name string) string {
	var b bytes.Buffer
	t := template.Must(template.New("m").Parse("Dear {{.}}"))
	// ok: html-from-text-template
	t.Execute(&b, name)
	// ok: html-from-text-template
	t.ExecuteTemplate(&b, "m", name)
	return b.String()
}
