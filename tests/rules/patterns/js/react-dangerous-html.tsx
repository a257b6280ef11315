export function Post({ post, clean }: Props) {
  return (
    <div>
      {/* ruleid: react-dangerous-html */}
      <article className="p" dangerouslySetInnerHTML={{ __html: post.body }} />
      {/* ruleid: react-dangerous-html */}
      <p dangerouslySetInnerHTML={{ __html: `<b>${post.title}</b>` }} />
      {/* ruleid: react-dangerous-html */}
      <p dangerouslySetInnerHTML={{ __html: marked(post.text) }}></p>
      {/* ok: react-dangerous-html */}
      <article dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(post.body) }} />
      {/* ok: react-dangerous-html */}
      <script dangerouslySetInnerHTML={{ __html: "window.x = 1" }} />
      {/* ok: react-dangerous-html */}
      <script dangerouslySetInnerHTML={{ __html: JSON.stringify(post) }} />
      {/* ok: react-dangerous-html */}
      <p>{post.body}</p>
    </div>
  );
}
