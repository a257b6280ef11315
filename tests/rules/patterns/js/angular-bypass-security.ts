class Page {
  show(post: Post) {
    // ruleid: angular-bypass-security
    this.html = this.sanitizer.bypassSecurityTrustHtml(post.body);
    // ruleid: angular-bypass-security
    this.url = this.sanitizer.bypassSecurityTrustResourceUrl(`https://v.example/${post.video}`);
    // ok: angular-bypass-security
    this.logo = this.sanitizer.bypassSecurityTrustHtml("<svg></svg>");
    // ok: angular-bypass-security
    this.safe = this.sanitizer.bypassSecurityTrustHtml(DOMPurify.sanitize(post.body));
    // ok: angular-bypass-security
    this.text = this.sanitizer.sanitize(SecurityContext.HTML, post.body);
  }
}
